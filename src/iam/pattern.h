#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "iam/context.h"
#include "iam/truth.h"

namespace portolan::iam {

/// The versions of the policy language. Variables exist in the later one only.
/// SOURCE: IAM User Guide, "IAM JSON policy elements: Version".
enum class Language : std::uint8_t { V2008, V2012 };

enum class Case : std::uint8_t { Significant, Ignored };

/// Text with wildcards, ready to be matched: bytes of UTF-8 and, apart from them, `*` and `?`.
struct Glob {
  static constexpr char16_t kAnyRun = 0x100;
  static constexpr char16_t kAnyOne = 0x101;

  std::u16string units;

  /// A pattern in which `*` and `?` are wildcards.
  static Glob of(std::string_view text);
  /// A pattern that matches `text` alone.
  static Glob literal(std::string_view text);
  [[nodiscard]] bool is_literal() const;
  [[nodiscard]] bool is_everything() const { return units == std::u16string(1, kAnyRun); }
  /// Wildcards as `*` and `?`.
  [[nodiscard]] std::string text() const;
  friend auto operator<=>(const Glob&, const Glob&) = default;
};

/// `*` takes any characters, none included, a newline too; `?` takes one character, of however
/// many bytes. Cost: at most |text| x |glob|.
bool matches(const Glob& glob, std::string_view text, Case letters = Case::Significant);

/// A text of a policy: literal, wildcards, and variables that a request fills in.
///
/// `${key}` is replaced by the key's one value, `${key, 'other'}` by `other` where the request has
/// no such key, `${*}`, `${?}` and `${$}` by the character itself. What is filled in is literal: a
/// `*` in a tag's value is no wildcard.
/// SOURCE: IAM User Guide, "IAM policy elements: Variables and tags".
class Pattern {
 public:
  Pattern() = default;
  /// Never fails: `${` without its end is text.
  static Pattern parse(std::string_view text, Language language);

  [[nodiscard]] const std::string& text() const { return text_; }
  /// The folded keys of the variables, in order.
  [[nodiscard]] std::vector<std::string> variables() const;
  [[nodiscard]] bool has_variables() const { return has_variables_; }
  /// The pattern with its variables filled in; nothing if a variable has neither value nor
  /// default, or is multivalued: it then matches no text at all.
  [[nodiscard]] std::optional<Glob> resolved(const Context& context) const;
  /// True if a variable's value is not known, rather than absent.
  [[nodiscard]] bool is_ambiguous(const Context& context) const;
  friend bool operator==(const Pattern& a, const Pattern& b) {
    return a.text_ == b.text_ && a.language_ == b.language_;
  }

 private:
  struct Piece {
    Glob text;             // of a piece that is no variable
    std::string variable;  // folded; empty if none
    std::optional<std::string> fallback;
  };

  void add_variable(std::string_view inside);
  Glob& tail();

  std::string text_;
  Language language_ = Language::V2008;
  bool has_variables_ = false;
  std::vector<Piece> pieces_;
};

/// How the six parts of a short ARN pattern come about.
/// SOURCE: observed of the peer evaluator, see docs/IAM.md; AWS refuses most of such policies.
enum class ShortArn : std::uint8_t {
  Padded,           // missing parts are `*`
  PaddedIfWild,     // … if the pattern holds a `*`
  PaddedIfOpenEnd,  // … if its last part ends in `*`
  Refused,          // matches nothing
};

/// The six parts of the pattern of an ARN; nothing if it is short and that is refused.
inline constexpr std::size_t kArnParts = 6;
std::optional<std::array<Glob, kArnParts>> arn_parts(const Glob& pattern, ShortArn padding);

/// True if the pattern of a `Resource` element covers the ARN: part by part, case significant,
/// where wildcards of the sixth part cross `/` and `:`. Unknown if it does only when a `*` at the
/// end of an earlier part runs over the colons that follow, which AWS says it "can". SOURCE: IAM
/// User Guide, "IAM JSON policy elements: Resource", using wildcards in resource ARNs.
Truth covers_resource(const Glob& pattern, std::string_view arn, ShortArn padding);

/// ArnLike and ArnEquals: six parts, each by itself, case significant.
/// SOURCE: IAM User Guide, "IAM JSON policy elements: Condition operators", ARN operators.
bool matches_arn(const Glob& pattern, std::string_view arn);

}  // namespace portolan::iam

#include "collect/aws/bucket.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "collect/aws/credentials.h"
#include "core/text.h"

namespace portolan::collect::aws {

namespace {

/// More names are asked for when fewer than this are left; with a page that comes meanwhile that is
/// all that is ever held of a list.
constexpr std::size_t kNamesLow = 2000;
/// Objects that are there, or on their way, while the first of them is not.
constexpr std::size_t kAheadMax = 4 * S3Client::kInFlightMax;

}  // namespace

Bucket::Bucket(BucketWish wish, Setup setup, Session session)
    : wish_(std::move(wish)),
      folder_(wish_.place.folder()),
      last_key_(wish_.start_after.empty() ? "" : folder_ + wish_.start_after),
      client_(std::move(setup), std::move(session), wish_.place.bucket) {}

Result<std::unique_ptr<Bucket>> Bucket::open(BucketWish wish) {
  Setup setup = TRY(read_setup(""));
  const auto find = [setup] { return find_credentials(setup); };
  Session session(TRY(find()), find);
  // Not make_unique: the constructor is private.
  std::unique_ptr<Bucket> bucket(new Bucket(std::move(wish), std::move(setup), std::move(session)));
  if (const auto listed = bucket->list_first(); !listed) {
    return tl::unexpected(listed.error());
  }
  return bucket;
}

/// What is below the folder, or else the object of that very name.
Result<void> Bucket::list_first() {
  const bool is_begun = !wish_.start_after.empty();
  // Of a bucket with much else in it, pages may go by before the first object that is wanted.
  while (!list_error_ && listed_.empty() && !is_listed_) {
    list_more();
    client_.step(true);
  }
  if (!list_error_ && !has_found_ && !is_begun && folder_ != wish_.place.prefix) {
    list_object();
  }
  if (list_error_) {
    return tl::unexpected(*list_error_);
  }
  if (!has_found_ && !is_begun) {
    return fail("source_empty",
                fmt::format("`s3://{}/{}` holds no file that could be read",
                            printable(wish_.place.bucket), printable(wish_.place.prefix)));
  }
  return {};
}

void Bucket::list_object() {
  client_.list(wish_.place.prefix, "", 1, [&](Result<ObjectPage> page) {
    if (page && !page->objects.empty() && page->objects.front().key == wish_.place.prefix) {
      folder_ = wish_.place.prefix.substr(0, wish_.place.prefix.rfind('/') + 1);
      take_listed(page->objects.front());
    }
  });
  while (client_.step(true)) {
  }
}

void Bucket::list_more() {
  if (is_listing_ || is_listed_ || listed_.size() >= kNamesLow) {
    return;
  }
  is_listing_ = true;
  client_.list(folder_, last_key_, S3Client::kKeysMax,
               [this](Result<ObjectPage> page) { take_page(std::move(page)); });
}

void Bucket::take_page(Result<ObjectPage> page) {
  is_listing_ = false;
  is_listed_ = !page || page->is_last;
  if (!page) {
    list_error_ = std::move(page).error();
    return;
  }
  for (StoredObject& object : page->objects) {
    last_key_ = object.key;
    // A key that ends in a slash is what some tools make for an empty folder.
    const bool is_file = !object.key.ends_with('/');
    if (is_file && (!wish_.is_wanted || wish_.is_wanted(name_of(object.key)))) {
      take_listed(std::move(object));
    }
  }
  if (!is_listed_ && wish_.skip_after) {
    last_key_ = std::max(last_key_, folder_ + wish_.skip_after(name_of(last_key_)));
  }
}

void Bucket::take_listed(StoredObject object) {
  has_found_ = true;
  if (!wish_.is_known || !wish_.is_known(object)) {
    listed_.push_back(std::move(object));
  }
}

std::string Bucket::name_of(const std::string& key) const { return key.substr(folder_.size()); }

void Bucket::ask_more() {
  list_more();
  while (!listed_.empty() && asked_.size() < kAheadMax &&
         (asked_.empty() || ahead_bytes_ + listed_.front().size <= wish_.ahead_bytes_max)) {
    auto item = std::make_shared<Item>();
    item->object = std::move(listed_.front());
    listed_.pop_front();
    ahead_bytes_ += item->object.size;
    asked_.push_back(item);
    ask(item);
  }
}

void Bucket::ask(const ItemPtr& item) {
  if (item->object.size > wish_.object_bytes_max) {
    item->bytes = fail("file_too_big",
                       fmt::format("the object has more than {} bytes", wish_.object_bytes_max));
    item->is_there = true;
    return;
  }
  client_.get(item->object.key, wish_.object_bytes_max, [item](Result<std::string> bytes) {
    item->bytes = std::move(bytes);
    item->is_there = true;
  });
}

std::optional<FetchedObject> Bucket::take_front() {
  const ItemPtr item = std::move(asked_.front());
  asked_.pop_front();
  ahead_bytes_ -= item->object.size;
  std::string name = name_of(item->object.key);
  return FetchedObject{
      .name = std::move(name), .stored = std::move(item->object), .bytes = std::move(item->bytes)};
}

std::optional<FetchedObject> Bucket::next() {
  const std::lock_guard lock(mutex_);
  for (bool waits = false;; waits = true) {
    ask_more();
    client_.step(waits && !(!asked_.empty() && asked_.front()->is_there));
    if (!asked_.empty() && asked_.front()->is_there) {
      return take_front();
    }
    if (asked_.empty() && listed_.empty() && is_listed_) {
      break;
    }
  }
  if (list_error_) {
    FetchedObject last{.bytes = tl::unexpected(*std::exchange(list_error_, std::nullopt))};
    return last;
  }
  return std::nullopt;
}

}  // namespace portolan::collect::aws

#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "collect/aws/s3_client.h"

/// Private to the module: the objects below a place in a bucket, one after the other.
namespace portolan::collect::aws {

struct BucketWish {
  BucketPlace place;
  std::string start_after;  // the name of an object: what comes after it is wanted
  std::function<bool(std::string_view name)> is_wanted;
  /// Asked of those that are wanted: they are not handed out again.
  std::function<bool(const StoredObject&)> is_known;
  /// The name that the list goes on after, where this is the last one of a page.
  std::function<std::string(std::string_view name)> skip_after;
  std::size_t object_bytes_max = 0;
  std::size_t ahead_bytes_max = 0;  // asked for or there, and not yet taken
};

struct FetchedObject {
  std::string name;  // its key below the folder
  StoredObject stored;
  Result<std::string> bytes;  // as they are stored
};

class Bucket {
 public:
  /// Reads the first page of the list. Errors of `find_credentials` and `s3_error`; error
  /// `source_empty`.
  static Result<std::unique_ptr<Bucket>> open(BucketWish wish);

  /// The next object in the order of names; nothing after the last. One that cannot be had says
  /// why; where the list itself breaks off, an object without a name does, and is the last.
  /// From any number of threads: whoever waits drives the transfers of all.
  std::optional<FetchedObject> next();

 private:
  struct Item {
    StoredObject object;
    bool is_there = false;
    Result<std::string> bytes = {};
  };
  using ItemPtr = std::shared_ptr<Item>;  // shared with the reply that is on its way

  Bucket(BucketWish wish, Setup setup, Session session);
  Result<void> list_first();
  void list_object();
  void list_more();
  void take_page(Result<ObjectPage> page);
  void take_listed(StoredObject object);
  void ask_more();
  void ask(const ItemPtr& item);
  [[nodiscard]] std::string name_of(const std::string& key) const;
  std::optional<FetchedObject> take_front();

  BucketWish wish_;
  std::string folder_;
  std::mutex mutex_;
  std::deque<StoredObject> listed_;  // not yet asked for
  std::deque<ItemPtr> asked_;
  std::size_t ahead_bytes_ = 0;
  std::string last_key_;
  bool is_listing_ = false;
  bool is_listed_ = false;
  bool has_found_ = false;  // what is wanted, known or not
  std::optional<Error> list_error_;
  S3Client client_;
};

}  // namespace portolan::collect::aws

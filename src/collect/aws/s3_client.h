#pragma once

#include <functional>
#include <memory>
#include <random>
#include <string>

#include "collect/aws/limiter.h"
#include "collect/aws/s3.h"
#include "collect/aws/session.h"

/// Private to the module: lists and reads one bucket, many requests at once, each with its tries.
namespace portolan::collect::aws {

/// What a refusal of S3 means for who asked: `no_such_bucket`, `bucket_elsewhere` (with its
/// region), `access_denied`, `clock_skew` (with by how much), `object_gone`, `object_archived`,
/// or `s3_failed`.
Error s3_error(const std::string& bucket, const HttpReply& reply);

class S3Client {
 public:
  using DoneList = std::function<void(Result<ObjectPage>)>;
  using DoneGet = std::function<void(Result<std::string>)>;
  static constexpr std::size_t kInFlightMax = 64;
  static constexpr int kKeysMax = 1000;

  S3Client(Setup setup, Session session, const std::string& bucket);
  S3Client(const S3Client&) = delete;
  S3Client& operator=(const S3Client&) = delete;

  /// `done` is called once, by `step`.
  void list(const std::string& prefix, const std::string& start_after, int keys_max, DoneList done);
  /// The object as it is stored.
  void get(const std::string& key, std::size_t bytes_max, DoneGet done);
  /// As `HttpClient::step`.
  bool step(bool waits) { return http_.step(waits); }

 private:
  /// A request and what becomes of it.
  struct Work {
    std::function<HttpRequest()> build;
    std::function<Result<void>(std::string body)> take;  // an error: ask again, it was not whole
    std::function<void(Error)> give_up;
    int tries = 0;
    int renewals = 0;
    bool is_moved = false;
    Keys signed_with = {};
    double sent_at_s = 0;
    double underway_s = 0;  // all tries together, without the pauses between them
  };
  using WorkPtr = std::shared_ptr<Work>;  // shared with the reply that is on its way

  void send(const WorkPtr& work);
  void receive(const WorkPtr& work, HttpReply reply);
  void try_again(const WorkPtr& work, Error error);
  bool follow(Work& work, const HttpReply& reply);

  Setup setup_;
  Session session_;
  BucketEndpoint endpoint_;
  Lane lane_;
  std::mt19937_64 random_;
  HttpClient http_;
};

}  // namespace portolan::collect::aws

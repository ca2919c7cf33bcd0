#include <filesystem>
#include <fstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collect/collect.h"
#include "collect/test_documents.h"

namespace portolan::collect {

namespace {

using testing::ElementsAre;
namespace fs = std::filesystem;

/// A folder of its own for each test.
class FolderTest : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    root_ = fs::path(testing::TempDir()) / ("portolan_folder_" + std::string(test->name()));
    fs::remove_all(root_);
    fs::create_directories(root_);
  }
  void TearDown() override { fs::remove_all(root_); }

  void write(const std::string& path, const std::string& bytes = "{}") {
    fs::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path, std::ios::binary) << bytes;
  }

  [[nodiscard]] std::vector<std::string> read(const FolderLimits& limits = {}) const {
    const auto folder = read_folder(root_.string(), limits);
    std::vector<std::string> list;
    if (!folder) {
      return {"!" + folder.error().code};
    }
    for (const Document& document : folder->documents) {
      list.push_back(document.path);
    }
    for (const Diagnostic& diagnostic : folder->diagnostics.sorted()) {
      list.push_back("!" + diagnostic.code + " " + diagnostic.file);
    }
    return list;
  }

  fs::path root_;
};

TEST_F(FolderTest, reads_json_at_any_depth_in_order) {
  write("b.json");
  write("1/eu-west-1/a.json");
  write("notes.txt");
  write("a.json.gz", "not gzip, but read as it is");
  EXPECT_THAT(read(), ElementsAre("1/eu-west-1/a.json", "a.json.gz", "b.json"));
}

TEST_F(FolderTest, says_that_nothing_is_there) {
  EXPECT_THAT(read(), ElementsAre("!source_empty"));
  EXPECT_EQ(read_folder((root_ / "missing").string()).error().code, "source_not_found");
  EXPECT_EQ(load((root_ / "missing").string()).error().code, "source_not_found");
}

TEST_F(FolderTest, reads_a_single_file_of_any_name) {
  write("vpcs.txt", R"({"Vpcs": []})");
  const auto folder = read_folder((root_ / "vpcs.txt").string());
  ASSERT_TRUE(folder);
  EXPECT_EQ(folder->documents.front().path, "vpcs.txt");
  EXPECT_EQ(folder->documents.front().bytes, R"({"Vpcs": []})");
}

TEST_F(FolderTest, follows_links_that_stay_inside) {
  write("real.json");
  fs::create_symlink("real.json", root_ / "link.json");
  EXPECT_THAT(read(), ElementsAre("link.json", "real.json"));
}

TEST_F(FolderTest, follows_no_link_out_and_no_circle) {
  write("real.json");
  fs::create_symlink("/etc/hostname", root_ / "out.json");
  fs::create_directory_symlink("/etc", root_ / "etc");
  fs::create_directory_symlink(".", root_ / "circle");
  EXPECT_THAT(read(), ElementsAre("real.json", "!link_leads_out etc", "!link_leads_out out.json"));
}

TEST_F(FolderTest, keeps_the_limits) {
  write("a/b/c/deep.json");
  write("big.json", std::string(1000, ' '));
  write("small.json");
  EXPECT_THAT(read({.file_bytes_max = 500, .depth_max = 1}),
              ElementsAre("small.json", "!folder_too_deep a/b", "!file_too_big big.json"));
  EXPECT_THAT(read({.total_bytes_max = 1001, .depth_max = 1}),
              ElementsAre("big.json", "!folder_too_deep a/b", "!source_too_big small.json"));
}

TEST_F(FolderTest, reads_no_more_files_than_allowed) {
  write("a.json");
  write("b.json");
  const auto listed = read({.files_max = 1});
  EXPECT_EQ(listed.size(), 2U);
  EXPECT_TRUE(listed[1].starts_with("!too_many_files"));
}

TEST_F(FolderTest, is_loaded_in_one_step) {
  write("123456789012/eu-west-1/vpcs.json",
        R"({"Vpcs": [{"VpcId": "vpc-1", "OwnerId": "123456789012"}]})");
  write("broken.json", "{");
  const auto decoded = load(root_.string());
  ASSERT_TRUE(decoded);
  EXPECT_EQ(row<Vpc>(*decoded, "vpc-1").owned.region.text(), "eu-west-1");
  EXPECT_THAT(places(*decoded), ElementsAre("truncated_json broken.json#"));
  EXPECT_EQ(decoded->documents_read, 1U);
}

TEST_F(FolderTest, may_tell_the_account_by_its_own_place) {
  write("210987654321/eu-north-1/nat.json", R"({"NatGateways": [{"NatGatewayId": "nat-1"}]})");
  const auto decoded = load((root_ / "210987654321/eu-north-1").string());
  ASSERT_TRUE(decoded);
  EXPECT_EQ(row<NatGateway>(*decoded, "nat-1").owned.account.text(), "210987654321");
  EXPECT_EQ(row<NatGateway>(*decoded, "nat-1").owned.region.text(), "eu-north-1");
  EXPECT_THAT(places(*decoded), testing::IsEmpty());
}

TEST_F(FolderTest, of_which_nothing_is_understood_is_an_error) {
  write("iam.json", R"({"UserDetailList": []})");
  EXPECT_EQ(load(root_.string()).error().code, "nothing_read");
  write("broken.json", "{");
  EXPECT_THAT(load(root_.string()).error().message, testing::HasSubstr("broken.json"));
}

}  // namespace

}  // namespace portolan::collect

#include "core/service.h"

#include <bitset>
#include <random>

#include <gtest/gtest.h>

namespace portolan {
namespace {

ServiceSet service(std::string_view text) {
  const auto result = ServiceSet::parse(text);
  EXPECT_TRUE(result.has_value()) << text;
  return result.value_or(ServiceSet());
}

TEST(ServiceSet, HasNoPointsForTheFourProtocolsAmongTheNumbers) {
  for (const auto& segment : ServiceSet::all().segments()) {
    for (const int protocol : {kProtocolIcmp, kProtocolTcp, kProtocolUdp, kProtocolIcmpV6}) {
      const auto point = ServiceSet::kOther + static_cast<ServiceSet::Point>(protocol);
      EXPECT_FALSE(segment.first <= point && point <= segment.last) << protocol;
    }
  }
  EXPECT_EQ(service("proto/0-255"), ServiceSet::all());
}

TEST(ServiceSet, IsAllOnlyIfNothingIsMissing) {
  EXPECT_TRUE(ServiceSet::all().is_all());
  EXPECT_FALSE(ServiceSet::all().without(ServiceSet::protocol(50)).is_all());
  EXPECT_FALSE(ServiceSet().is_all());
  ServiceSet built;
  for (int number = 0; number < 256; ++number) {
    built = built.united(ServiceSet::protocol(number));
  }
  EXPECT_TRUE(built.is_all());
  EXPECT_EQ(built, ServiceSet::all());
}

TEST(ServiceSet, MakesWholeProtocolsByNumber) {
  EXPECT_EQ(ServiceSet::protocol(6), ServiceSet::tcp(0, 65535));
  EXPECT_EQ(ServiceSet::protocol(17), ServiceSet::udp(0, 65535));
  EXPECT_EQ(ServiceSet::protocol(1), ServiceSet::icmp());
  EXPECT_EQ(ServiceSet::protocol(58), ServiceSet::icmpv6());
  EXPECT_EQ(ServiceSet::protocol(50).text(), "proto/50");
}

TEST(ServiceSet, MakesIcmpByTypeAndCode) {
  EXPECT_EQ(ServiceSet::icmp().text(), "icmp");
  EXPECT_EQ(ServiceSet::icmp(8).text(), "icmp/8");
  EXPECT_EQ(ServiceSet::icmp(3, 4).text(), "icmp/3/4");
  EXPECT_EQ(ServiceSet::icmpv6(255, 255).text(), "icmpv6/255/255");
  // One code of every type.
  EXPECT_EQ(ServiceSet::icmp(-1, 0).segments().size(), 256U);
  EXPECT_TRUE(ServiceSet::icmp(-1, 0).contains(ServiceSet::icmp(9, 0)));
  EXPECT_FALSE(ServiceSet::icmp(-1, 0).overlaps(ServiceSet::icmp(9, 1)));
}

TEST(ServiceSet, DiesOfNumbersThatDoNotExist) {
  EXPECT_DEATH(ServiceSet::tcp(65536), "last_port");
  EXPECT_DEATH(ServiceSet::udp(-1), "first_port");
  EXPECT_DEATH(ServiceSet::tcp(2, 1), "first_port <= last_port");
  EXPECT_DEATH(ServiceSet::icmp(256), "type");
  EXPECT_DEATH(ServiceSet::icmpv6(0, -2), "code");
  EXPECT_DEATH(ServiceSet::protocol(256), "number");
}

TEST(ServiceSet, WritesOneCanonicalText) {
  EXPECT_EQ(ServiceSet().text(), "none");
  EXPECT_EQ(ServiceSet::all().text(), "any");
  EXPECT_EQ(service("udp/53 tcp/443 tcp/80 tcp/80").text(), "tcp/80,443 udp/53");
  EXPECT_EQ(service("tcp/1-5,6,7-9").text(), "tcp/1-9");
  EXPECT_EQ(service("tcp/0-65535").text(), "tcp");
  EXPECT_EQ(service("tcp udp").text(), "tcp udp");
  EXPECT_EQ(service("tcp/65535 udp/0").text(), "tcp/65535 udp/0");
  EXPECT_EQ(service("icmpv6/255 proto/0").text(), "icmpv6/255 proto/0");
  EXPECT_EQ(service("icmp/0-255").text(), "icmp");
  EXPECT_EQ(service("icmp/3/0-255").text(), "icmp/3");
  EXPECT_EQ(service("icmp/3/4,0-1 icmp/8 icmp/0").text(), "icmp/0,8 icmp/3/0-1,4");
  EXPECT_EQ(service("proto/6").text(), "tcp");
  EXPECT_EQ(service("proto/50 proto/2-5").text(), "proto/2-5,50");
  EXPECT_EQ(service("proto/5-7").text(), "tcp proto/5,7");
  EXPECT_EQ(service("any tcp/22").text(), "any");
  EXPECT_EQ(service("none tcp/22").text(), "tcp/22");
}

TEST(ServiceSet, WritesWhatAnythingButOnePortIs) {
  EXPECT_EQ(ServiceSet::all().without(ServiceSet::tcp(22)).text(),
            "tcp/0-21,23-65535 udp icmp icmpv6 proto/0,2-5,7-16,18-57,59-255");
  EXPECT_EQ(ServiceSet::all().without(ServiceSet::icmp(8, 3)).text(),
            "tcp udp icmp/0-7,9-255 icmp/8/0-2,4-255 icmpv6 proto/0,2-5,7-16,18-57,59-255");
}

TEST(ServiceSet, RejectsWhatIsNotAService) {
  for (const char* const text : {"",
                                 " ",
                                 "ssh",
                                 "TCP",
                                 "tcp/",
                                 "tcp/65536",
                                 "tcp/-1",
                                 "tcp/9-1",
                                 "tcp/1-",
                                 "tcp/1,",
                                 "tcp/01",
                                 "tcp/1/2",
                                 "tcp/1-2-3",
                                 "tcp/ 1",
                                 "22",
                                 "icmp/256",
                                 "icmp/1/256",
                                 "icmp/1/",
                                 "icmp/1/2/3",
                                 "icmp/1,2/3",
                                 "icmp/-1",
                                 "proto",
                                 "proto/",
                                 "proto/256",
                                 "any/1",
                                 "none/1",
                                 "tcp/22 nonsense",
                                 "tcp\t22",
                                 "udp/99999999999999999999"}) {
    const auto result = ServiceSet::parse(text);
    ASSERT_FALSE(result.has_value()) << text;
    EXPECT_EQ(result.error().code, "bad_service");
  }
}

TEST(ServiceSet, NamesTheWordThatIsWrong) {
  const auto result = ServiceSet::parse("tcp/22 udp/x");
  EXPECT_NE(result.error().message.find("`udp/x`"), std::string::npos);
}

TEST(ServiceSet, CountsPortsPerProtocol) {
  const ServiceSet set = service("tcp/22,80-89 udp icmp");
  EXPECT_EQ(set.tcp_ports(), 11);
  EXPECT_EQ(set.udp_ports(), 65536);
  EXPECT_EQ(ServiceSet::all().tcp_ports(), 65536);
  EXPECT_EQ(ServiceSet().tcp_ports(), 0);
}

TEST(ServiceSet, TheEmptySetIsInEverySetAndMeetsNone) {
  EXPECT_TRUE(ServiceSet().contains(ServiceSet()));
  EXPECT_TRUE(ServiceSet::tcp(1).contains(ServiceSet()));
  EXPECT_FALSE(ServiceSet().contains(ServiceSet::tcp(1)));
  EXPECT_FALSE(ServiceSet::all().overlaps(ServiceSet()));
}

// --- The algebra against one bit per point ---

using Model = std::bitset<ServiceSet::kEnd>;
using Point = ServiceSet::Point;

/// A service, and the points that it should have.
struct Part {
  ServiceSet set;
  Point first = 0;
  Point last = 0;
};

struct Span {
  int first;
  int last;
};

/// Small numbers often, so that spans meet; the ends of the block sometimes.
Span random_span(std::mt19937& random, int most) {
  const auto pick = [&] {
    const int number = static_cast<int>(random() % 16);
    const auto kind = random() % 4;
    return kind == 0 ? most - number : kind == 1 ? static_cast<int>(random()) & most : number;
  };
  const int a = pick();
  const int b = random() % 2 == 0 ? a : pick();
  return {std::min(a, b), std::max(a, b)};
}

Part random_protocol(std::mt19937& random) {
  const int number = random_span(random, 255).first;
  const ServiceSet set = ServiceSet::protocol(number);
  for (const auto& [protocol, base] :
       {std::pair(6, ServiceSet::kTcp), std::pair(17, ServiceSet::kUdp),
        std::pair(1, ServiceSet::kIcmp), std::pair(58, ServiceSet::kIcmpV6)}) {
    if (number == protocol) {
      return {set, base, base + ServiceSet::kBlock - 1};
    }
  }
  const Point point = ServiceSet::kOther + static_cast<Point>(number);
  return {set, point, point};
}

Part random_icmp(std::mt19937& random) {
  const bool v6 = random() % 2 == 0;
  const int type = random_span(random, 255).first;
  const int code = random() % 2 == 0 ? -1 : random_span(random, 255).first;
  const Point start =
      (v6 ? ServiceSet::kIcmpV6 : ServiceSet::kIcmp) + static_cast<Point>(type) * 256;
  return {v6 ? ServiceSet::icmpv6(type, code) : ServiceSet::icmp(type, code),
          start + static_cast<Point>(std::max(code, 0)),
          start + static_cast<Point>(code == -1 ? 255 : code)};
}

Part random_ports(std::mt19937& random) {
  const bool udp = random() % 2 == 0;
  const auto [first, last] = random_span(random, 65535);
  const Point base = udp ? ServiceSet::kUdp : ServiceSet::kTcp;
  return {udp ? ServiceSet::udp(first, last) : ServiceSet::tcp(first, last),
          base + static_cast<Point>(first), base + static_cast<Point>(last)};
}

std::vector<Part> random_parts(std::mt19937& random) {
  std::vector<Part> parts(random() % 10);
  for (Part& part : parts) {
    const auto kind = random() % 3;
    part = kind == 0   ? random_ports(random)
           : kind == 1 ? random_icmp(random)
                       : random_protocol(random);
  }
  return parts;
}

ServiceSet set_of(const std::vector<Part>& parts) {
  ServiceSet set;
  for (const Part& part : parts) {
    set = set.united(part.set);
  }
  return set;
}

ServiceSet random_set(std::mt19937& random) { return set_of(random_parts(random)); }

Model model_of(const std::vector<Part>& parts) {
  Model model;
  for (const Part& part : parts) {
    for (Point point = part.first; point <= part.last; ++point) {
      model.set(point);
    }
  }
  return model;
}

/// The segments that the model has, so that equal means canonical too.
std::vector<ServiceSet::Segment> segments_of(const Model& model) {
  std::vector<ServiceSet::Segment> segments;
  for (Point point = 0; point < ServiceSet::kEnd; ++point) {
    if (model[point] && (point == 0 || !model[point - 1])) {
      segments.push_back({point, point});
    } else if (model[point]) {
      segments.back().last = point;
    }
  }
  return segments;
}

void expect_same(const ServiceSet& set, const Model& model) {
  EXPECT_EQ(set.segments(), segments_of(model)) << set.text();
  EXPECT_EQ(ServiceSet::parse(set.text()), set) << set.text();
}

TEST(ServiceSet, AgreesWithOneBitPerPoint) {
  std::mt19937 random(43);
  for (int i = 0; i < 40; ++i) {
    const auto parts_a = random_parts(random);
    const auto parts_b = random_parts(random);
    const ServiceSet a = set_of(parts_a);
    const ServiceSet b = set_of(parts_b);
    const Model model_a = model_of(parts_a);
    const Model model_b = model_of(parts_b);
    expect_same(a, model_a);
    expect_same(a.united(b), model_a | model_b);
    expect_same(a.intersected(b), model_a & model_b);
    expect_same(a.without(b), model_a & ~model_b);
    EXPECT_EQ(a.contains(b), (model_b & ~model_a).none());
    EXPECT_EQ(a.overlaps(b), (model_a & model_b).any());
  }
}

TEST(ServiceSet, ObeysTheLawsOfSets) {
  std::mt19937 random(44);
  for (int i = 0; i < 3000; ++i) {
    const ServiceSet a = random_set(random);
    const ServiceSet b = random_set(random);
    EXPECT_EQ(a.united(b), b.united(a));
    EXPECT_EQ(a.intersected(b), b.intersected(a));
    EXPECT_EQ(a.without(b).united(a.intersected(b)), a);
    EXPECT_EQ(ServiceSet::all().without(ServiceSet::all().without(a)), a);
    EXPECT_TRUE(a.united(b).contains(a));
    EXPECT_TRUE(a.contains(a.intersected(b)));
    EXPECT_EQ(a.contains(b), b.without(a).empty());
    EXPECT_EQ(a.overlaps(b), !a.intersected(b).empty());
    EXPECT_FALSE(a.without(b).overlaps(b));
    EXPECT_EQ(ServiceSet::parse(a.text()), a) << a.text();
  }
}

TEST(ProtocolNumber, ReadsNumbersAndNames) {
  EXPECT_EQ(protocol_number("6"), 6);
  EXPECT_EQ(protocol_number("0"), 0);
  EXPECT_EQ(protocol_number("255"), 255);
  EXPECT_EQ(protocol_number("tcp"), 6);
  EXPECT_EQ(protocol_number("TCP"), 6);
  EXPECT_EQ(protocol_number("icmpv6"), 58);
  EXPECT_EQ(protocol_number("ipv6-icmp"), 58);
  EXPECT_EQ(protocol_number("esp"), 50);
  EXPECT_EQ(protocol_number("gre"), 47);
  EXPECT_EQ(protocol_number("vrrp"), 112);
}

TEST(ProtocolNumber, IsNothingForAllProtocolsAndForUnknownNames) {
  for (const char* const text :
       {"-1", "any", "all", "", "256", "06", "tc", "tcpx", "tcp ", "1.0"}) {
    EXPECT_EQ(protocol_number(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace portolan

// Every method of the node's own API says who may call it where people sign in.
#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <string>

#include "hansa/v1/access.pb.h"
#include "hansa/v1/node.pb.h"

namespace hansa {
namespace {

namespace pb = google::protobuf;

TEST(AccessTest, EveryMethodSaysWhoMayCallIt) {
  const pb::ServiceDescriptor* const service = v1::GetStatusRequest::descriptor()->file()->FindServiceByName("Node");
  ASSERT_NE(service, nullptr);
  ASSERT_GT(service->method_count(), 100);
  for (int i = 0; i < service->method_count(); ++i) {
    const pb::MethodDescriptor& method = *service->method(i);
    EXPECT_NE(method.options().GetExtension(v1::access), v1::ACCESS_UNSPECIFIED)
        << method.name() << " has no `option (access)`, and so nobody may call it on the page";
  }
}

// What signs, in the member's name and for all to see, takes somebody who speaks for the city.
TEST(AccessTest, WhatIsPublishedTakesAPublisher) {
  const pb::ServiceDescriptor* const service = v1::GetStatusRequest::descriptor()->file()->FindServiceByName("Node");
  int publishing = 0;
  for (int i = 0; i < service->method_count(); ++i) {
    const pb::MethodDescriptor& method = *service->method(i);
    if (method.output_type()->name() != "PublishedRecord") continue;
    ++publishing;
    EXPECT_GE(method.options().GetExtension(v1::access), v1::ACCESS_PUBLISHER) << method.name();
  }
  EXPECT_GT(publishing, 10);
}

// Only texts can be put into another language.
TEST(AccessTest, OnlyTextsAreSaid) {
  int said = 0;
  const pb::FileDescriptor* const file = v1::GetStatusRequest::descriptor()->file();
  for (int i = 0; i < file->message_type_count(); ++i) {
    const pb::Descriptor& message = *file->message_type(i);
    for (int j = 0; j < message.field_count(); ++j) {
      const pb::FieldDescriptor& field = *message.field(j);
      if (!field.options().GetExtension(v1::said)) continue;
      ++said;
      EXPECT_EQ(field.type(), pb::FieldDescriptor::TYPE_STRING) << field.full_name();
    }
  }
  EXPECT_GT(said, 10);
}

}  // namespace
}  // namespace hansa

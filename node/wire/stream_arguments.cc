#include "node/wire/stream_arguments.h"

#include <grpc/grpc.h>

#include "node/wire/frame_codec.h"

namespace hansa::node::wire {
namespace {

constexpr int kSecond = 1000;  // in milliseconds
constexpr int kDay = 24 * 60 * 60 * kSecond;

StreamArguments CommonArguments() {
  return {
      // Refused before it is read into memory.
      {GRPC_ARG_MAX_RECEIVE_MESSAGE_LENGTH, static_cast<int>(kDataFrameBytesMax)},
      {GRPC_ARG_MAX_SEND_MESSAGE_LENGTH, static_cast<int>(kDataFrameBytesMax)},
      {GRPC_ARG_MAX_METADATA_SIZE, 8192},
      // A dead connection is noticed within 80 s, also while nobody speaks.
      {GRPC_ARG_KEEPALIVE_TIME_MS, 60 * kSecond},
      {GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 20 * kSecond},
      {GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1},
      {GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0},
      // A peer that does not read costs 64 KiB, not what gRPC finds the line could carry.
      {GRPC_ARG_HTTP2_STREAM_LOOKAHEAD_BYTES, 65536},
      {GRPC_ARG_HTTP2_BDP_PROBE, 0},
      // Nothing is compressed, so nothing small can become large.
      {GRPC_ARG_ENABLE_PER_MESSAGE_COMPRESSION, 0},
      {GRPC_ARG_ENABLE_PER_MESSAGE_DECOMPRESSION, 0},
      {GRPC_ARG_ENABLE_CHANNELZ, 0},
  };
}

}  // namespace

StreamArguments DiallerArguments() {
  StreamArguments arguments = CommonArguments();
  arguments.insert(arguments.end(), {
                                        // When and whether to dial again is the node's decision.
                                        {GRPC_ARG_ENABLE_RETRIES, 0},
                                        // Each dial is a handshake of its own, with its own pins.
                                        {GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1},
                                        // Not through whatever http_proxy names.
                                        {GRPC_ARG_ENABLE_HTTP_PROXY, 0},
                                        {GRPC_ARG_SERVICE_CONFIG_DISABLE_RESOLUTION, 1},
                                    });
  return arguments;
}

StreamArguments ListenerArguments() {
  StreamArguments arguments = CommonArguments();
  arguments.insert(arguments.end(), {
                                        {GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS, 5 * kSecond},
                                        {GRPC_ARG_MAX_CONCURRENT_STREAMS, 8},
                                        // A connection without a stream goes after a minute, any after a day.
                                        {GRPC_ARG_MAX_CONNECTION_IDLE_MS, 60 * kSecond},
                                        {GRPC_ARG_MAX_CONNECTION_AGE_MS, kDay},
                                        {GRPC_ARG_MAX_CONNECTION_AGE_GRACE_MS, 30 * kSecond},
                                        // Or gRPC would take our own keepalive for an attack.
                                        {GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 30 * kSecond},
                                        {GRPC_ARG_HTTP2_MAX_PING_STRIKES, 2},
                                    });
  return arguments;
}

}  // namespace hansa::node::wire

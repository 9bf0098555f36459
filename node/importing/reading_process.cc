#include "node/importing/reading_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "node/domain/problem_rules.h"
#include "node/importing/reading_answer.h"

namespace hansa::node::importing {
namespace {

// Of an error number.
std::string Words(int error) { return std::generic_category().message(error); }

constexpr char kProgram[] = "hansa-import";
// Far more than any table within the limits makes.
constexpr std::size_t kAnswerBytesMax = 256 * 1024 * 1024;
constexpr std::size_t kComplaintBytesMax = 4096;

absl::Status CannotStart(absl::string_view what) {
  return absl::UnavailableError(
      absl::StrCat("the program that reads files cannot be started (", what, "); install Hansa again"));
}

spreadsheet::TableFile Faulty(absl::string_view what) {
  spreadsheet::TableFile file;
  file.fault = domain::CsvFault{0, domain::rule_id::kReadingStopped, std::string(what),
                                "save the figures alone as a new workbook, or as CSV"};
  return file;
}

// An end of a pipe; closed with it.
class End {
 public:
  End() = default;
  explicit End(int descriptor) : descriptor_(descriptor) {}
  End(End&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  End& operator=(End&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  ~End() { Close(); }

  int get() const { return descriptor_; }
  void Close() {
    if (descriptor_ >= 0) close(std::exchange(descriptor_, -1));
  }

 private:
  int descriptor_ = -1;
};

// What stands at each of a process's ends. A socket, so that writing to one that has gone is an error and no signal.
struct Channel {
  End ours;
  End theirs;
};

absl::StatusOr<Channel> MakeChannel() {
  std::array<int, 2> ends = {};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) return CannotStart(Words(errno));
  if (fcntl(ends[0], F_SETFL, O_NONBLOCK) != 0) return CannotStart(Words(errno));
  return Channel{End(ends[0]), End(ends[1])};
}

// Takes what there is to read; false once the other end is closed or more came than may.
bool Drain(const End& end, std::string& into, std::size_t most) {
  std::array<char, 64 * 1024> piece;
  for (;;) {
    const ssize_t size = recv(end.get(), piece.data(), piece.size(), 0);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return errno == EAGAIN || errno == EWOULDBLOCK;
    if (size == 0 || into.size() + static_cast<std::size_t>(size) > most) return false;
    into.append(piece.data(), static_cast<std::size_t>(size));
  }
}

// Gives what the other end takes; false once all is given or nobody takes it.
bool Feed(const End& end, absl::string_view& rest) {
  while (!rest.empty()) {
    const ssize_t size = send(end.get(), rest.data(), rest.size(), MSG_NOSIGNAL);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return errno == EAGAIN || errno == EWOULDBLOCK;
    rest.remove_prefix(static_cast<std::size_t>(size));
  }
  return false;
}

struct Conversation {
  std::string answer;
  std::string complaint;
  bool in_time = true;
};

Conversation Converse(End file, End answer, End complaint, absl::string_view bytes) {
  Conversation conversation;
  using Clock = std::chrono::steady_clock;  // people set the other one
  const Clock::time_point end = Clock::now() + absl::ToChronoSeconds(kReadingTimeMax);
  while (answer.get() >= 0 || complaint.get() >= 0) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
    if (left <= 0) {
      conversation.in_time = false;
      return conversation;
    }
    std::array<pollfd, 3> ends = {pollfd{file.get(), POLLOUT, 0}, pollfd{answer.get(), POLLIN, 0},
                                  pollfd{complaint.get(), POLLIN, 0}};
    if (poll(ends.data(), ends.size(), static_cast<int>(left) + 1) < 0 && errno != EINTR) break;
    if (file.get() >= 0 && ends[0].revents != 0 && !Feed(file, bytes)) file.Close();
    if (answer.get() >= 0 && ends[1].revents != 0 && !Drain(answer, conversation.answer, kAnswerBytesMax))
      answer.Close();
    if (complaint.get() >= 0 && ends[2].revents != 0 && !Drain(complaint, conversation.complaint, kComplaintBytesMax)) {
      complaint.Close();
    }
  }
  return conversation;
}

}  // namespace

std::string ReaderProgram() {
  std::error_code error;
  const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", error);
  const std::filesystem::path beside = self.parent_path() / kProgram;
  for (const char* const folder : {"../libexec/hansa", "../bin"}) {
    const std::filesystem::path program = self.parent_path() / folder / kProgram;
    if (!std::filesystem::exists(beside, error) && std::filesystem::exists(program, error)) return program.string();
  }
  return beside.string();
}

absl::StatusOr<spreadsheet::TableFile> ReadInProcess(const std::string& program, absl::string_view bytes,
                                                     const spreadsheet::FileForm& form) {
  absl::StatusOr<Channel> file = MakeChannel();
  absl::StatusOr<Channel> answer = MakeChannel();
  absl::StatusOr<Channel> complaint = MakeChannel();
  for (const auto* channel : {&file, &answer, &complaint}) {
    if (!channel->ok()) return channel->status();
  }
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  const absl::Cleanup destroy = [&] { posix_spawn_file_actions_destroy(&actions); };
  posix_spawn_file_actions_adddup2(&actions, file->theirs.get(), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, answer->theirs.get(), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, complaint->theirs.get(), STDERR_FILENO);
  posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
  std::vector<std::string> words = {program, "--encoding", form.encoding, "--sheet", form.sheet};
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  std::string zone = "TZ=UTC0";  // or else the system's is looked up in a file
  char* const environment[] = {zone.data(), nullptr};
  pid_t pid = 0;
  if (const int error = posix_spawn(&pid, program.c_str(), &actions, nullptr, arguments.data(), environment);
      error != 0) {
    return CannotStart(absl::StrCat(program, ": ", Words(error)));
  }
  for (auto* channel : {&*file, &*answer, &*complaint}) channel->theirs.Close();
  const Conversation said = Converse(std::move(file->ours), std::move(answer->ours), std::move(complaint->ours), bytes);
  kill(pid, SIGKILL);  // It has ended, or may not go on.
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  if (!said.in_time || (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)) {
    return Faulty("reading the file takes longer than it may");
  }
  if (!said.complaint.empty()) {
    return absl::UnavailableError(absl::StripTrailingAsciiWhitespace(said.complaint));
  }
  absl::StatusOr<spreadsheet::TableFile> read = ReadAnswer(said.answer);
  if (!read.ok()) return Faulty("the file cannot be read: the program that reads it was stopped by what is in it");
  return read;
}

}  // namespace hansa::node::importing

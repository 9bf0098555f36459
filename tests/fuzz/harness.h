// What a fuzzer calls with bytes by chance, and what `run_corpus` calls with the bytes of the corpus.
#ifndef HANSA_TESTS_FUZZ_HARNESS_H_
#define HANSA_TESTS_FUZZ_HARNESS_H_

#include <cstddef>
#include <cstdint>

// Ends the process where a promise does not hold; returns 0.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

#endif  // HANSA_TESTS_FUZZ_HARNESS_H_

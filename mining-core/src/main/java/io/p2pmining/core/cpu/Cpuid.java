package io.p2pmining.core.cpu;

/** The answers of a processor to the instructions CPUID and XGETBV. */
interface Cpuid {

  /** What CPUID leaves in four registers. */
  record Leaf(int eax, int ebx, int ecx, int edx) {}

  /** Executes CPUID; what a processor does not know it answers with anything. */
  Leaf leaf(int number, int subleaf);

  /** Executes XGETBV for register 0; a processor whose CPUID does not offer it faults. */
  long enabledStates();
}

package io.p2pmining.core.memory;

/**
 * The functions of Linux for files of memory and files that processes meet at, by their own
 * conventions: lengths in bytes, flags as in {@code <fcntl.h>}. Any thread may call them.
 */
interface FileCalls {

  int MFD_CLOEXEC = 0x1;

  /** The file can be sealed. */
  int MFD_ALLOW_SEALING = 0x2;

  /** The file lies on huge pages of the kernel's pool. */
  int MFD_HUGETLB = 0x4;

  /** Nobody can ever execute what is in the file, which can be sealed; since 6.3. */
  int MFD_NOEXEC_SEAL = 0x8;

  /** Known to kernels since 6.3, and asked for by those that seal memory files otherwise. */
  int MFD_EXEC = 0x10;

  int O_READ_ONLY = 0;
  int O_READ_WRITE = 0x2;
  int O_CREATE = 0x40;
  int O_NONBLOCK = 0x800;
  int O_CLOEXEC = 0x80000;

  /** No more seals. */
  int F_SEAL_SEAL = 0x1;

  int F_SEAL_SHRINK = 0x2;
  int F_SEAL_GROW = 0x4;

  /** Nobody writes any more; refused while the file is mapped for writing. */
  int F_SEAL_WRITE = 0x8;

  /** {@code memfd_create}; gives the descriptor. */
  int openMemoryFile(String name, int flags) throws SystemCallException;

  /**
   * {@code open}; gives the descriptor.
   *
   * @param mode the permissions of a file that is made
   */
  int open(String path, int flags, int mode) throws SystemCallException;

  /** {@code ftruncate}: the file gets this length; its pages come when they are used. */
  void resize(int descriptor, long length) throws SystemCallException;

  /** {@code fallocate}: the file gets this length, and all of its pages. */
  void fill(int descriptor, long length) throws SystemCallException;

  /** {@code fcntl(F_ADD_SEALS)}. */
  void seal(int descriptor, int seals) throws SystemCallException;

  /** {@code fcntl(F_GET_SEALS)}; fails for files that cannot be sealed. */
  int seals(int descriptor) throws SystemCallException;

  /**
   * {@code flock(LOCK_EX)} without waiting. The lock ends when the descriptor is closed, at the
   * latest by the kernel when the process ends.
   *
   * @return whether it was to be had
   */
  boolean tryLock(int descriptor) throws SystemCallException;

  /** {@code close}. */
  void closeFile(int descriptor);

  /** {@code O_NOFOLLOW}, which has another number on AArch64 than on x86-64. */
  static int noFollow() {
    return System.getProperty("os.arch", "").equals("aarch64") ? 0x8000 : 0x20000;
  }
}

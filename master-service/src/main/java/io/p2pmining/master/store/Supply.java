package io.p2pmining.master.store;

/** Whether there are numbers for what is about to be done, without waiting for the database. */
public interface Supply {

  /** For numbers that never run out. */
  Supply ENDLESS =
      new Supply() {
        @Override
        public boolean canLease(int units) {
          return true;
        }

        @Override
        public boolean canRecord() {
          return true;
        }
      };

  /** Whether so many units can be cut and leased. */
  boolean canLease(int units);

  /** Whether shares and blocks can be recorded, also all those that are being verified. */
  boolean canRecord();
}

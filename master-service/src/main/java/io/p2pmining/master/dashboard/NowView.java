package io.p2pmining.master.dashboard;

import java.util.List;

/**
 * The cluster at a glance.
 *
 * @param state what the cluster does, in a word or two
 * @param tone the class of its mark
 * @param explanation why, in a sentence
 * @param oneMinute the mean rate of the last minute; the others likewise
 * @param blockTime how long a block takes at this rate, on average
 */
record NowView(
    String state,
    String tone,
    String explanation,
    Figure rate,
    Figure oneMinute,
    Figure fifteenMinutes,
    Figure oneDay,
    Figure mining,
    Figure connected,
    Figure accepted,
    Figure rejected,
    Figure rejectedPart,
    boolean rejectedAny,
    Figure work,
    Figure blocks,
    String blocksDetail,
    Figure blockTime,
    List<Source> sources,
    List<Problem> problems,
    Figure uptime,
    String version,
    String at) {

  NowView {
    sources = List.copyOf(sources);
    problems = List.copyOf(problems);
  }

  /** Where jobs come from. */
  record Source(
      String name, boolean up, String detail, String endpoint, String height, Figure lastJob) {}
}

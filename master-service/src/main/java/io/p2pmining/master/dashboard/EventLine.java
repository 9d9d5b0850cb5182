package io.p2pmining.master.dashboard;

/**
 * Something that happened, in a sentence.
 *
 * @param tone the class of its mark
 */
record EventLine(String tone, String kind, String sentence, Figure at) {}

package io.p2pmining.master.dashboard;

/**
 * Something an operator should do something about.
 *
 * @param grave whether work is lost or stands still because of it
 * @param what one sentence
 * @param remedy what to do, one sentence
 */
record Problem(boolean grave, String what, String remedy) {}

package io.p2pmining.master.store;

/**
 * Which part of a list is wanted.
 *
 * @param offset how many entries to pass over
 * @param count how many to give at most
 */
public record Window(long offset, int count) {}

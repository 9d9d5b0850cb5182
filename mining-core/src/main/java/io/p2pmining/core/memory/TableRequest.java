package io.p2pmining.core.memory;

/**
 * What table is wanted.
 *
 * @param name what it is
 * @param purpose what it is for, in the words of an error message
 * @param pages the pages that it is to lie on
 */
public record TableRequest(TableName name, String purpose, PagePolicy pages) {}

package io.p2pmining.master.api;

/**
 * What a request made.
 *
 * @param location where it is; empty if the request only changed something
 */
record Created<V>(String location, V view) {}

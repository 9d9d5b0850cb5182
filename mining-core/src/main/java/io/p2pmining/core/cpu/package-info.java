/**
 * What the processors are and how they hang together: instruction sets, caches, NUMA nodes, which
 * thread runs where, and whether the machine's owner needs them for something else.
 */
@NullMarked
package io.p2pmining.core.cpu;

import org.jspecify.annotations.NullMarked;

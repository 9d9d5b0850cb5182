/**
 * How a machine hashes fastest, found out by measuring beside the mining: what is tried, what a
 * measurement is worth, and where results are kept.
 */
@NullMarked
package io.p2pmining.core.tuning;

import org.jspecify.annotations.NullMarked;

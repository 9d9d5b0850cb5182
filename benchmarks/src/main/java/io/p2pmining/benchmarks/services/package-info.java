/** What the services cost beside hashing: the time to start and memory. */
@NullMarked
package io.p2pmining.benchmarks.services;

import org.jspecify.annotations.NullMarked;

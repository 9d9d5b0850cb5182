/** Traces of work: in log lines always, as spans for a collector where there is one. */
@NullMarked
package io.p2pmining.service.tracing;

import org.jspecify.annotations.NullMarked;

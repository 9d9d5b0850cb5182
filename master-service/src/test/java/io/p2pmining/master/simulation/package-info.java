/** The dispatch of work under simulated workers, networks, sources and time. */
@NullMarked
package io.p2pmining.master.simulation;

import org.jspecify.annotations.NullMarked;

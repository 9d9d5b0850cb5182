/** What makes this process one node: its settings, its data directory, its identity. */
@NullMarked
package io.p2pmining.worker.node;

import org.jspecify.annotations.NullMarked;

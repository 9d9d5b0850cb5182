/** Commands that ask a running master: what its cluster does, who is in it, what was found. */
@NullMarked
package io.p2pmining.cli.cluster;

import org.jspecify.annotations.NullMarked;

/** What happens in the cluster, as it happens: a bounded record that can be followed. */
@NullMarked
package io.p2pmining.master.event;

import org.jspecify.annotations.NullMarked;

/** Who a node is, whom it knows, and how it keeps trying to reach them. */
@NullMarked
package io.p2pmining.common.node;

import org.jspecify.annotations.NullMarked;

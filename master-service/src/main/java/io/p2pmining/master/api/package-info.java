/** The REST API: what operators and other programs may see of the cluster. */
@NullMarked
package io.p2pmining.master.api;

import org.jspecify.annotations.NullMarked;

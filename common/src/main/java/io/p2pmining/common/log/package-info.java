/** Logging that peers cannot flood. */
@NullMarked
package io.p2pmining.common.log;

import org.jspecify.annotations.NullMarked;

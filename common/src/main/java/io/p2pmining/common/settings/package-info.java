/** Settings that change while a service runs: which may, what did, and when a file says so. */
@NullMarked
package io.p2pmining.common.settings;

import org.jspecify.annotations.NullMarked;

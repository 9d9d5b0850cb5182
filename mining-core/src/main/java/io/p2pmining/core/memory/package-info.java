/** Memory outside the Java heap; the only package that obtains it. */
@NullMarked
package io.p2pmining.core.memory;

import org.jspecify.annotations.NullMarked;

/** How the processes of one machine keep an eye on each other. */
@NullMarked
package io.p2pmining.common.process;

import org.jspecify.annotations.NullMarked;

/** Whether the machine offers what is about to be started needs. */
@NullMarked
package io.p2pmining.cli.machine;

import org.jspecify.annotations.NullMarked;

/** How figures, tables and colours look to a person, on a terminal of any width or none. */
@NullMarked
package io.p2pmining.cli.terminal;

import org.jspecify.annotations.NullMarked;

/** The nodes this master knows: who they are, what they can do, how they are doing. */
@NullMarked
package io.p2pmining.master.peer;

import org.jspecify.annotations.NullMarked;

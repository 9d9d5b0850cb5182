/** Whether the master can do its work, in sentences for whoever has to mend it. */
@NullMarked
package io.p2pmining.master.health;

import org.jspecify.annotations.NullMarked;

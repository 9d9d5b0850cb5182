/** What survives the process: the journal of changes, the database behind it, and its history. */
@NullMarked
package io.p2pmining.master.store;

import org.jspecify.annotations.NullMarked;

/** What clients and operators ask the dispatcher for, whatever carries the request. */
@NullMarked
package io.p2pmining.master.posting;

import org.jspecify.annotations.NullMarked;

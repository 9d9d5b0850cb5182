/** Connections of workers: the server, and what each message means to the rest of the master. */
@NullMarked
package io.p2pmining.master.session;

import org.jspecify.annotations.NullMarked;

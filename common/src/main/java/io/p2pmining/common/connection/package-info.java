/** Connections: who may say what when, what a field may hold, and the pipeline that sees to it. */
@NullMarked
package io.p2pmining.common.connection;

import org.jspecify.annotations.NullMarked;

/**
 * The page that shows the cluster: read only, made on the server, refreshed piece by piece. What
 * templates call is public, or they could not.
 */
@NullMarked
package io.p2pmining.master.dashboard;

import org.jspecify.annotations.NullMarked;

/** The settings files of a service, read again while it runs. */
@NullMarked
package io.p2pmining.service.settings;

import org.jspecify.annotations.NullMarked;

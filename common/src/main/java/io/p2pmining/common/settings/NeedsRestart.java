package io.p2pmining.common.settings;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Why a settings record, or one component of it, takes effect only when the service starts. What is
 * neither this nor {@link Live} is simply read at the start.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.TYPE})
public @interface NeedsRestart {

  /** The reason, the end of a sentence that begins with "it needs a restart: ". */
  String value();
}

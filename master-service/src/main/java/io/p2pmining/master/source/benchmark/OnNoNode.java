package io.p2pmining.master.source.benchmark;

import io.p2pmining.master.source.monero.OnNode;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches when the settings name no Monero node. */
final class OnNoNode implements Condition {

  private final OnNode onNode = new OnNode();

  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    return !onNode.matches(context, metadata);
  }
}

package io.meridian.edge.core.model;

/** What comes of a request: a decision, or a refusal that says what was wrong with asking. */
public sealed interface Answer permits Decision, Refusal {}

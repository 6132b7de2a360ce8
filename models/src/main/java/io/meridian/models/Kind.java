package io.meridian.models;

/** The types an attribute may have. */
enum Kind {
    NUMBER,
    FLAG,
    TEXT,
    TEXTS
}

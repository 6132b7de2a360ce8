/** Tests of rules, written by those who write the rules: files of cases, run against the rules beside them. */
@NullMarked
package io.meridian.edge.cli.lab.cases;

import org.jspecify.annotations.NullMarked;

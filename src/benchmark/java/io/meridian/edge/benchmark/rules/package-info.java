/**
 * Rules as regional teams write them, by the ten and by the hundred thousand, with visitors to whom about twenty apply: what the cost of
 * rules is measured on, in process and through the whole service.
 */
package io.meridian.edge.benchmark.rules;

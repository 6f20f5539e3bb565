/// A YAML file as a tree in which every key and value knows its place. The only package that uses
/// snakeyaml-engine.
@NullMarked
package dev.understudy.scenario.tree;

import org.jspecify.annotations.NullMarked;

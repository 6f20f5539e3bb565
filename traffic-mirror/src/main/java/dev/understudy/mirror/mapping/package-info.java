/// What live and an arm call by different names: learnt from pairs of answers, used in later requests.
@NullMarked
package dev.understudy.mirror.mapping;

import org.jspecify.annotations.NullMarked;

/// Traffic without live: what made-up users ask for.
@NullMarked
package dev.understudy.mirror.synthetic;

import org.jspecify.annotations.NullMarked;

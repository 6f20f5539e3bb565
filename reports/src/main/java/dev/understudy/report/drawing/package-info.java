/// The drawings of the HTML report: SVG that is complete where styles are blocked.
@NullMarked
package dev.understudy.report.drawing;

import org.jspecify.annotations.NullMarked;

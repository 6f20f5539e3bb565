package dev.understudy.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FoldedRoutesTest {
    private static final List<String> BOOKS = IntStream.rangeClosed(1, 5)
            .boxed()
            .flatMap(i -> Stream.of("GET shop/v1/books/book-" + i, "PUT shop/v1/books/book-" + i + "/pages/p" + i % 4))
            .toList();

    @Test
    void whereManyThingsStandTheyAreOneRoute() {
        assertThat(BOOKS.stream().map(new FoldedRoutes(BOOKS)::of).distinct())
                .containsExactly(
                        "GET shop/v1/books/{}",
                        "PUT shop/v1/books/{}/pages/p1",
                        "PUT shop/v1/books/{}/pages/p2",
                        "PUT shop/v1/books/{}/pages/p3",
                        "PUT shop/v1/books/{}/pages/p0");
    }

    @Test
    void whereFewStandEachIsARoute() {
        List<String> four = BOOKS.subList(0, 8);

        assertThat(four.stream().map(new FoldedRoutes(four)::of).toList()).isEqualTo(four);
    }

    @Test
    void wordsMethodsAndServicesStay() {
        List<String> words = IntStream.range(0, 9)
                .mapToObj(i -> "GET s" + i + "/" + "abcdefghi".charAt(i) + "/x")
                .toList();

        assertThat(words.stream().map(new FoldedRoutes(words)::of).toList()).isEqualTo(words);
        assertThat(new FoldedRoutes(words).of("GET shop/7")).isEqualTo("GET shop/7");
        assertThat(new FoldedRoutes(words).of("probe")).isEqualTo("probe");
    }
}

package dev.understudy.shop.orders;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/// The invoices of those customers who want one: a file an order, named by its basket, only ever appended to.
final class Invoices {
    private final Path directory;

    /// Invoices in `directory`, which is made if need be.
    Invoices(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
    }

    /// Writes the invoice of an order, in one piece.
    void write(Order order) throws IOException {
        StringBuilder text = new StringBuilder("invoice for customer " + order.customer() + "\n");
        for (Item item : order.items()) {
            text.append(item.quantity() + " of product " + item.product() + "\n");
        }
        text.append(String.format(Locale.ROOT, "total %.2f%n", order.cents() / 100.0));
        Path file = directory.resolve(order.basket() + ".txt");
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}

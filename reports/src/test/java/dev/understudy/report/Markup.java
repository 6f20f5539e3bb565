package dev.understudy.report;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/// Reads what was rendered.
public final class Markup {

    private static final Pattern SVG = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL);

    private Markup() {}

    public static Document parse(String xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new AssertionError("not well-formed: " + e.getMessage(), e);
        }
    }

    public static List<String> drawings(String html) {
        return all(SVG, html);
    }

    /// The page without the one part that needs a script.
    public static String withoutZoom(String html) {
        return html.replaceFirst(
                "(?s)<details id=\"zoom\" hidden>.*?</details>\\s*"
                        + "<script type=\"text/plain\" id=\"zoom-packed\">[A-Za-z0-9+/=]*</script>\\s*"
                        + "<script>\\(\\(\\)=>.*?</script>",
                "");
    }

    public static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MatchResult::group).toList();
    }

    /// What a reader sees, without tags and styles.
    public static String textOf(String html) {
        return html.replaceAll("(?s)<(style|title|desc|script)\\b.*?</\\1>", "")
                .replaceAll("(?s)<[^>]*>", " ")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&#34;", "\"")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&")
                .replaceAll("\\s+", " ");
    }
}

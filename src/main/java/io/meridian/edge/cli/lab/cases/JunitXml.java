package io.meridian.edge.cli.lab.cases;

import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes a run as the XML that build servers read as JUnit's: a suite per file, a failure per case with all its differences. */
public final class JunitXml {
    private static final double NANOS = 1e9;

    private final XMLStreamWriter xml;

    private JunitXml(XMLStreamWriter xml) {
        this.xml = xml;
    }

    /** The document. */
    public static String of(CaseReport report) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            new JunitXml(xml).suites(report.files());
            xml.close();
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException("memory has no I/O errors", impossible);
        }
        return text.append('\n').toString();
    }

    private void suites(List<CaseResult.OfFile> files) throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        line();
        xml.writeStartElement("testsuites");
        for (CaseResult.OfFile file : files) {
            line();
            suite(file);
        }
        line();
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private void suite(CaseResult.OfFile file) throws XMLStreamException {
        boolean broken = !file.problems().isEmpty();
        long nanos = file.results().stream().mapToLong(CaseResult::nanos).sum();
        xml.writeStartElement("testsuite");
        attribute("name", file.file());
        attribute("tests", Integer.toString(file.results().size() + (broken ? 1 : 0)));
        attribute("failures", Long.toString(file.failed()));
        attribute("errors", broken ? "1" : "0");
        attribute("skipped", "0");
        attribute("time", seconds(nanos));
        if (broken) {
            StringBuilder text = new StringBuilder();
            file.problems().forEach(problem -> text.append(problem).append('\n'));
            testCase(file.file(), "can be read", 0);
            outcome("error", file.problems().size() + " problems", text.toString());
            xml.writeEndElement();
        }
        for (CaseResult result : file.results()) {
            testCase(file.file(), result.name(), result.nanos());
            if (!result.passed()) {
                StringBuilder text = new StringBuilder();
                result.differences().forEach(difference -> CaseReport.difference(difference, "", text));
                CaseResult.Difference first = result.differences().get(0);
                String message = first.what() + ": expected " + first.expected() + ", got " + first.got();
                outcome("failure", message, text.toString());
            }
            xml.writeEndElement();
        }
        line();
        xml.writeEndElement();
    }

    private void testCase(String file, String name, long nanos) throws XMLStreamException {
        line();
        xml.writeStartElement("testcase");
        attribute("classname", file.replaceAll("\\.yaml$", "").replace('/', '.'));
        attribute("name", name);
        attribute("time", seconds(nanos));
    }

    private void outcome(String element, String message, String text) throws XMLStreamException {
        xml.writeStartElement(element);
        attribute("message", message);
        attribute("type", element.equals("error") ? "Problem" : "Difference");
        xml.writeCharacters(printable(text));
        xml.writeEndElement();
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, printable(value));
    }

    private void line() throws XMLStreamException {
        xml.writeCharacters("\n");
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.3f", nanos / NANOS);
    }

    /** XML 1.0, production 2: most control characters and unpaired surrogates cannot be written at all. */
    private static String printable(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c == '\n' || c == '\t' || c >= 0x20 && c < 0xD800 || c > 0xDFFF && c < 0xFFFE || c > 0xFFFF
                        ? c
                        : 0xFFFD)
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }
}

/* contrast.c - whether text can be read in the brand's colour (WCAG 2.2, relative luminance) */
#include "programme.h"

#include <math.h>

static int hex_digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool rgb_of(const char *colour, int rgb[3])
{
	if (!colour || strlen(colour) != 7 || colour[0] != '#')
		return false;
	for (int i = 0; i < 3; i++) {
		int high = hex_digit(colour[1 + 2 * i]), low = hex_digit(colour[2 + 2 * i]);

		if (high < 0 || low < 0)
			return false;
		rgb[i] = high * 16 + low;
	}
	return true;
}

static double luminance(const int rgb[3])
{
	static const double weight[3] = { 0.2126, 0.7152, 0.0722 };
	double sum = 0;

	for (int i = 0; i < 3; i++) {
		double c = rgb[i] / 255.0;

		sum += weight[i] * (c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4));
	}
	return sum;
}

int contrast_x100(const char *a, const char *b)
{
	int x[3], y[3];
	double la, lb;

	if (!rgb_of(a, x) || !rgb_of(b, y))
		return 0;
	la = luminance(x);
	lb = luminance(y);
	return (int)floor(100 * (fmax(la, lb) + 0.05) / (fmin(la, lb) + 0.05));
}

const char *accent_text(const char *accent)
{
	return contrast_x100(accent, "#ffffff") >= CONTRAST_TEXT ? "#ffffff" : "#101318";
}
